const page = (body) =>
  `<!doctype html><html lang="en"><title>Todos</title><body>${body}</body></html>`

const escape = (text) =>
  String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

export const homePage = ({ name, signIn, signOut }) =>
  page(
    name === undefined
      ? `<a href="${escape(signIn)}">Sign in</a>`
      : `<h1>Hello, ${escape(name)}</h1>
         <a href="/account">Account</a> <a href="/todos">Todos</a> <a href="${escape(signOut)}">Sign out</a>`,
  )

export const accountPage = ({ displayName, mail }, claims) =>
  page(`<h1>${escape(displayName)}</h1><p>${escape(mail)}</p>
        <p>Tenant ${escape(claims.tid)}, user ${escape(claims.oid)}</p>`)

export const todosPage = ({ displayName }, todos) =>
  page(`<h1>The todos of ${escape(displayName)}</h1>
        <ul>${todos.map(({ title }) => `<li>${escape(title)}</li>`).join('')}</ul>
        <a href="/add">Add</a>`)
