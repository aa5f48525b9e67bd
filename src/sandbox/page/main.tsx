import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import 'slack-blocks-to-jsx/dist/style.css';
import { App } from './App';
import './styles/base.css';
import './styles/topbar.css';
import './styles/workspace.css';
import './styles/message.css';
import './styles/tools.css';
import './styles/composer.css';
import './styles/blocks.css';
import './styles/modal.css';
import './styles/phones.css';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
