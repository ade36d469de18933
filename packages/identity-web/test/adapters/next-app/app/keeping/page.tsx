import { setTimeout } from 'node:timers/promises'
import type { ContextSource } from 'identity-web/azure'
import { Suspense } from 'react'
import { auth } from '../../auth.ts'
import { keep } from '../../kept-credential.ts'

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default auth.loginRequired.page(
  { scopes: 'User.Read' },
  async (context, { searchParams }) => {
    const { by } = await searchParams
    if (by === 'component') {
      return (
        <Suspense>
          <Late context={context} />
        </Suspense>
      )
    }
    const source = by === 'member' ? await auth.getContext() : context
    return <pre>{await keep(source as ContextSource, String(by))}</pre>
  },
)

/** Renders after the function of the page has returned. */
async function Late({ context }: { readonly context: ContextSource }) {
  await setTimeout(100)
  return <pre>{await keep(context)}</pre>
}
