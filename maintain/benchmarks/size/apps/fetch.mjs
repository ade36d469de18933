import { Auth } from 'identity-web/fetch'

let auth
let home

// oxlint-disable-next-line import/no-default-export -- Workers require it.
export default {
  fetch(request, environment) {
    auth ??= new Auth({}, environment)
    home ??= auth.loginRequired((_request, { user }) => new Response(`Hello, ${user.name}`))
    return auth.respond(request, () => home(request))
  },
}
