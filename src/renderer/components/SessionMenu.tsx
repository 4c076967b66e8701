import * as Menu from '@radix-ui/react-dropdown-menu';
import { useRef } from 'react';
import type { SessionState } from '../../shared/app-state.js';
import type { SessionView } from '../session-view.js';
import { texts } from '../texts.js';
import type { SessionActions } from '../use-session-actions.js';
import { Icon } from './Icon.js';
import { MenuRow } from './MenuRow.js';
import { MuteItems } from './MuteItems.js';

interface SessionMenuProps {
  readonly session: SessionState;
  readonly view: SessionView;
  readonly nowMs: number;
  readonly canExport: boolean;
  readonly actions: SessionActions;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  /** Shows the editor of the session's own threshold. */
  readonly onEditThreshold: () => void;
}

/** All that can be done with one session, behind a button. */
export function SessionMenu(props: SessionMenuProps) {
  const { session, view, canExport, actions, isOpen, onOpen } = props;
  /** The editor takes the focus, which else goes back to the button. */
  const keepsFocus = useRef(false);
  const label = texts.menu.moreFor(view.project, view.title);
  return (
    <Menu.Root modal={false} open={isOpen} onOpenChange={onOpen}>
      <Menu.Trigger asChild>
        <button type="button" className="button-icon button-more" aria-label={label} data-hint={texts.menu.more}>
          <Icon name="more" />
        </button>
      </Menu.Trigger>
      {isOpen ? (
        <Menu.Portal container={document.querySelector('main')}>
          <Menu.Content
            className="menu"
            align="end"
            sideOffset={4}
            collisionPadding={8}
            aria-label={label}
            onCloseAutoFocus={(event) => {
              if (keepsFocus.current) event.preventDefault();
              keepsFocus.current = false;
            }}
          >
            <MenuRow
              icon="export"
              label={texts.exporting.action}
              isOff={!canExport || session.exporting}
              onSelect={() => actions.exportNow(session)}
            />
            <MenuRow
              icon="page"
              label={texts.menu.transcript}
              detail={session.exportedBytes === 0 ? texts.menu.nothingExported : null}
              isOff={session.exportedBytes === 0}
              onSelect={() => void actions.openTranscript(session.id)}
            />
            <MenuRow icon="copy" label={texts.menu.copyResume} onSelect={() => actions.copyResume(session)} />
            <MenuRow
              icon="folder"
              label={texts.menu.openFolder}
              detail={session.cwd === null ? texts.menu.noFolder : null}
              isOff={session.cwd === null}
              onSelect={() => actions.openFolder(session.id)}
            />
            <Menu.Separator className="menu-line" />
            <MenuRow
              icon="threshold"
              label={texts.menu.threshold}
              detail={texts.threshold.detail(session.exportBand.from, session.exportBand.isOwn)}
              onSelect={() => {
                keepsFocus.current = true;
                props.onEditThreshold();
              }}
            />
            <Menu.Separator className="menu-line" />
            <MuteItems
              mute={session.mute}
              label={texts.mute.ofSession}
              nowMs={props.nowMs}
              onMute={(length) => actions.mute(session, length)}
            />
            <Menu.Separator className="menu-line" />
            <MenuRow
              icon={session.dismissed ? 'eye' : 'dismiss'}
              label={session.dismissed ? texts.menu.showAgain : texts.menu.dismiss}
              onSelect={() => actions.dismiss(session, !session.dismissed)}
            />
          </Menu.Content>
        </Menu.Portal>
      ) : null}
    </Menu.Root>
  );
}
