import { SessionProvider, type BrowserSession, type RegisteredView } from 'identity-web/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
/* oxlint-disable import/no-unassigned-import -- Vite adds the styles to the page. */
import '../../style.css'
import './styles.css'

// The server has put the session into the page, so the first render already knows the user.
const initialSession = JSON.parse(
  document.querySelector('#session')!.textContent,
) as BrowserSession<RegisteredView>

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <SessionProvider initialSession={initialSession}>
      <App />
    </SessionProvider>
  </StrictMode>,
)
