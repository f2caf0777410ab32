import './noEval';
import { createRoot } from 'react-dom/client';
import { byId } from '../page/element';
import { App } from './app';
import { LanguageProvider } from './language';

createRoot(byId('desk', HTMLDivElement)).render(
  <LanguageProvider>
    <App />
  </LanguageProvider>,
);
