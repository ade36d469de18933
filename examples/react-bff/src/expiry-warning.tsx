import type { Expiring } from 'identity-web/browser'
import { useSession } from 'identity-web/react'
import { useEffect, useRef, useState } from 'react'

/** Warns the user one minute before the session ends. */
export function ExpiryWarning() {
  const { onExpiring, extend, logout } = useSession()
  const dialog = useRef<HTMLDialogElement>(null)
  const [expiring, setExpiring] = useState<Expiring>()

  useEffect(
    () =>
      onExpiring((expiring) => {
        setExpiring(expiring)
        dialog.current?.showModal()
        return () => dialog.current?.close()
      }),
    [onExpiring],
  )

  return (
    <dialog ref={dialog} aria-labelledby="expiring">
      <h2 id="expiring">Are you still there?</h2>
      <p>You will soon be signed out, because you did not use this page for a while.</p>
      <div className="row">
        {expiring?.canExtend && <button onClick={() => void extend()}>Stay signed in</button>}
        <button className="quiet" onClick={() => void logout()}>
          Sign out
        </button>
      </div>
    </dialog>
  )
}
