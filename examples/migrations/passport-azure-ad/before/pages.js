const escape = (text) =>
  String(text ?? '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

exports.escape = escape

const page = (title, content) => `<!doctype html>
<html lang="en">
<title>Shop</title>
<h1>${title}</h1>
${content}
</html>`

exports.home = (user) =>
  user
    ? page(
        `Welcome, ${escape(user.displayName)}`,
        '<a href="/account">Account</a> <a href="/profile">Profile</a> <a href="/logout">Sign out</a>',
      )
    : page('Welcome', '<a href="/login">Sign in</a>')

exports.account = (user) =>
  page(
    `Hello, ${escape(user.displayName)}`,
    `<p>${escape(user.upn)}, ${escape(user.language)}</p>
<a href="/profile">Profile</a> <a href="/logout">Sign out</a>`,
  )

exports.profile = (profile) =>
  page(
    escape(profile.displayName),
    `<p>${escape(profile.jobTitle)}</p>
<a href="/account">Account</a>`,
  )
