import { createSession } from 'identity-web/browser'
import { SessionProvider } from 'identity-web/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './styles.css'

const initial = JSON.parse(document.querySelector('#session')?.textContent ?? 'null')
const session = createSession({ initial })

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <SessionProvider session={session}>
      <App />
    </SessionProvider>
  </StrictMode>,
)
