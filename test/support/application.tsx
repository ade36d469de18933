import { StrictMode, Suspense, useEffect, useState, type ReactElement } from 'react'
import { SessionProvider, useSession, type BrowserSession } from 'identity-web/react'

/** The view of the user in the tests. */
export interface View {
  readonly name: string
}

/** The page that the server renders and that the browser takes over. */
export function application(initialSession: BrowserSession<View>): ReactElement {
  return (
    <StrictMode>
      <SessionProvider initialSession={initialSession}>
        <Suspense>
          <Greeting />
        </Suspense>
      </SessionProvider>
    </StrictMode>
  )
}

function Greeting(): ReactElement {
  const { status, user, get } = useSession<View>()
  const [isReady, setReady] = useState(false)
  useEffect(() => setReady(true), [])
  return (
    <>
      <p data-ready={isReady ? '' : undefined}>{`${status}: ${user?.name ?? 'nobody'}`}</p>
      <button onClick={() => void get()}>Ask the server</button>
    </>
  )
}
