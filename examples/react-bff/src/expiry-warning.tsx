import { useExpiring, useSession } from 'identity-web/react'
import { useEffect, useRef } from 'react'

/** Warns the user one minute before the session ends. */
export function ExpiryWarning() {
  const { extend, logout } = useSession()
  const expiring = useExpiring()
  const dialog = useRef<HTMLDialogElement>(null)
  const isOpen = expiring !== undefined

  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])

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
