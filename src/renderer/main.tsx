import '@fontsource-variable/inter';
import { createRoot } from 'react-dom/client';
import type { PopoverApi } from '../shared/ipc-contract.js';
import { App } from './components/App.js';
import { texts } from './texts.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/choices.css';
import './styles/page.css';
import './styles/notices.css';
import './styles/sessions.css';
import './styles/rows.css';
import './styles/shown-session.css';
import './styles/bar.css';
import './styles/lists.css';
import './styles/archive.css';
import './styles/settings.css';
import './styles/menus.css';
import './styles/session-tools.css';
import './styles/archived.css';
import './styles/jobs.css';
import './styles/adaptations.css';

declare global {
  interface Window {
    /** Put there by the preload script; missing only where that failed. */
    readonly contextWatcher?: PopoverApi;
  }
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root element to draw the popover into');

/** Leaves a sentence instead of an empty window where the page can't be drawn. */
function sayInstead(container: HTMLElement, words: string): void {
  container.className = 'page page-message';
  container.setAttribute('role', 'alert');
  container.textContent = words;
}

if (window.contextWatcher === undefined) {
  sayInstead(root, texts.noConnection);
} else {
  createRoot(root, {
    onUncaughtError: (error) => {
      console.error(error);
      sayInstead(root, texts.crashed);
    },
  }).render(<App api={window.contextWatcher} />);
}
