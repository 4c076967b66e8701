import { useState } from 'react';
import type { SpeakerRole } from '../../../shared/archive-search.js';
import type { PopoverApi } from '../../../shared/ipc-contract.js';
import type { ArchiveWishControl, TimeSpan } from '../../archive/use-archive-query.js';
import { displayText } from '../../display-text.js';
import { texts } from '../../texts.js';
import { Icon } from '../Icon.js';
import { ChoiceMenu } from './ChoiceMenu.js';

const roles: readonly SpeakerRole[] = ['user', 'assistant', 'tool', 'system'];
const spans: readonly TimeSpan[] = ['day', 'week', 'month', 'year'];

/** What narrows a search: project, who speaks, how far back, and one session where that was chosen. */
export function SearchFilters({ api, wish, change }: ArchiveWishControl & { readonly api: PopoverApi }) {
  const [projects, setProjects] = useState<readonly string[]>([]);
  const { project, role, span, session } = wish;
  const fetchProjects = (): void => {
    // Without an answer there is nothing to choose from; the search itself says what is wrong with the index.
    void api.listProjects().then(
      (answer) => (answer.ok ? setProjects(answer.value) : undefined),
      () => undefined,
    );
  };
  const shown = project === null || projects.includes(project) ? projects : [project, ...projects];
  return (
    <div className="filters" role="group" aria-label={texts.archive.filters}>
      <ChoiceMenu
        label={texts.archive.projectFilter(project === null ? texts.archive.anyProject : displayText(project))}
        anyLabel={texts.archive.anyProject}
        chosen={project}
        choices={shown.map((name) => ({ value: name, label: displayText(name) }))}
        onChoose={(value) => change({ project: value })}
        onOpen={fetchProjects}
      />
      <ChoiceMenu
        label={texts.archive.roleFilter(role === null ? texts.archive.anyone : texts.archive.roles[role])}
        anyLabel={texts.archive.anyone}
        chosen={role}
        choices={roles.map((value) => ({ value, label: texts.archive.roles[value] }))}
        onChoose={(value) => change({ role: roles.find((one) => one === value) ?? null })}
      />
      <ChoiceMenu
        label={texts.archive.timeFilter(span === null ? texts.archive.anyTime : texts.archive.spans[span])}
        anyLabel={texts.archive.anyTime}
        chosen={span}
        choices={spans.map((value) => ({ value, label: texts.archive.spans[value] }))}
        onChoose={(value) => change({ span: spans.find((one) => one === value) ?? null })}
      />
      {session === null ? null : (
        <button
          type="button"
          className="filter"
          data-chosen="true"
          aria-label={texts.archive.leaveSession(displayText(session.name))}
          data-hint={texts.archive.leaveSession(displayText(session.name))}
          onClick={() => change({ session: null })}
        >
          <bdi className="filter-words">{texts.archive.inSession(displayText(session.name))}</bdi>
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
