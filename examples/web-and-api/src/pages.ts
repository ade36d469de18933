import { escape, layout } from '../../pages.ts'

const APP = 'Todos'

export interface Todo {
  readonly id: number
  readonly title: string
}

export interface Profile {
  readonly displayName: string
  readonly userPrincipalName: string
  readonly jobTitle?: string | null
}

export function todosPage(
  { todos, profile }: { readonly todos: readonly Todo[]; readonly profile: Profile },
  signOut: string,
): string {
  const { displayName, userPrincipalName, jobTitle } = profile
  const items = todos.map(({ title }) => `<li>${escape(title)}</li>`)
  return layout(
    'Your todos',
    `${items.length === 0 ? '<p>Your list is empty.</p>' : `<ul>${items.join('\n')}</ul>`}
<p><a class="button" href="/add">Add a todo</a></p>
<section aria-labelledby="profile">
<h2 id="profile">Your profile</h2>
<p>${escape(displayName)}${jobTitle ? `, ${escape(jobTitle)}` : ''}<br>${escape(userPrincipalName)}</p>
<p>The API fetched it from Microsoft Graph on your behalf.</p>
</section>
${nextSteps()}`,
    { app: APP, user: displayName, signOut },
  )
}

// The demo sets DEMO_PROVIDER to the URL of its development provider. With your tenant, the page does not have this list.
function nextSteps(): string {
  const provider = process.env['DEMO_PROVIDER']
  if (provider === undefined) return ''
  return `<section class="tip" aria-labelledby="next">
<h2 id="next">Try this next</h2>
<ul>
<li>Choose <b>Add a todo</b>. You consent to writing only when the app needs it.</li>
<li>Sign out, and sign in with another account. Every user has their own list.</li>
<li>Open the <a href="${escape(provider)}">development provider</a>. It shows the tokens of the app and of the API, and it can simulate failures.</li>
</ul>
</section>`
}

export function addPage(): string {
  return layout(
    'Add a todo',
    `<form method="post">
<label for="title">Title</label>
<input id="title" name="title" required maxlength="200" autocomplete="off" autofocus>
<button>Add</button> <a href="/">Back</a>
</form>`,
    { app: APP },
  )
}

export function failedPage(status: number): string {
  return layout(
    'The request failed',
    `<p>The API returned status ${status}.</p><p><a class="button" href="/">Try again</a></p>`,
    { app: APP },
  )
}
