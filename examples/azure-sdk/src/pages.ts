import type { Claims } from 'identity-web/express'
import { escape, layout, nameOf } from '../../pages.ts'

/** A message of Microsoft Graph. */
export interface Message {
  readonly subject: string
  readonly from: { readonly emailAddress: { readonly name: string } }
}

export interface HomeData {
  /** The names of the blobs that the user may read. */
  readonly files: readonly string[]
  readonly messages: readonly Message[]
  /** The last change of the container, which the application reads without a user. */
  readonly lastModified: Date | undefined
}

export function homePage(
  { files, messages, lastModified }: HomeData,
  claims: Claims,
  signOut: string,
): string {
  const mails = messages.map(({ subject, from }) => `${subject} (${from.emailAddress.name})`)
  return layout(
    'Your files and mail',
    `${nextSteps()}
<h2>Files</h2>
${list(files, 'The container is empty.')}
<p>Last change of the container: ${lastModified?.toISOString().slice(0, 10) ?? 'unknown'}. The application reads it without a user.</p>
<h2>Newest mail</h2>
${list(mails, 'Your inbox is empty.')}`,
    { app: 'Files and mail', user: nameOf(claims), signOut },
  )
}

function list(items: readonly string[], empty: string): string {
  if (items.length === 0) return `<p>${empty}</p>`
  return `<ul>${items.map((item) => `<li>${escape(item)}</li>`).join('\n')}</ul>`
}

// The demo sets DEMO_PROVIDER to the URL of its development provider. With your tenant, the page does not have this list.
function nextSteps(): string {
  const provider = process.env['DEMO_PROVIDER']
  if (provider === undefined) return ''
  return `<section class="tip" aria-labelledby="next">
<h2 id="next">Try this next</h2>
<ul>
<li>Sign out, and sign in with another account. Every user has their own files and mail.</li>
<li>Open the <a href="${escape(provider)}">development provider</a>. It shows the tokens for Storage and for Microsoft Graph.</li>
<li>There, under Switches, choose <b>Needs a new sign-in</b> for the claims challenge, and reload this page.</li>
</ul>
</section>`
}
