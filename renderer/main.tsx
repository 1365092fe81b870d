import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@vscode/codicons/dist/codicon.css';
import { createRoot } from 'react-dom/client';
import { start } from './store/store';
import './styles/tokens.css';
import './styles/frame.css';
import './styles/controls.css';
import './views/Start/start.css';
import { Workbench } from './views/Frame/Workbench';

start();
const root = document.getElementById('root');
if (root) createRoot(root).render(<Workbench />);
