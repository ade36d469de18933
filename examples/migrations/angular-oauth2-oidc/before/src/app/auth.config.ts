import type { AuthConfig } from 'angular-oauth2-oidc'

export const todosUrl = 'https://todos.example.com/todos'

export const authCodeFlowConfig: AuthConfig = {
  issuer: 'https://login.example.com',
  redirectUri: `${window.location.origin}/index.html`,
  postLogoutRedirectUri: `${window.location.origin}/`,
  clientId: 'todos-spa',
  responseType: 'code',
  scope: 'openid profile email offline_access todos',
  // Some providers need it, to issue the access token for the API.
  customQueryParams: { audience: 'https://todos.example.com' },
}
