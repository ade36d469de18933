// The settings, as in the documentation of passport-azure-ad. The secret stays in the environment.
const authority =
  process.env.AUTHORITY || 'https://login.microsoftonline.com/contoso.onmicrosoft.com'

exports.creds = {
  identityMetadata: `${authority}/v2.0/.well-known/openid-configuration`,
  clientID: process.env.CLIENT_ID,
  clientSecret: process.env.CLIENT_SECRET,
  responseType: 'code',
  responseMode: 'form_post',
  redirectUrl: process.env.REDIRECT_URL || 'http://localhost:3000/auth/openid/return',
  allowHttpForRedirectUrl: process.env.NODE_ENV !== 'production',
  validateIssuer: true,
  issuer: null,
  isB2C: false,
  passReqToCallback: true,
  scope: ['profile', 'offline_access', 'User.Read'],
  loggingLevel: 'error',
  loggingNoPII: true,
  nonceLifetime: 600,
  nonceMaxAmount: 5,
  useCookieInsteadOfSession: true,
  cookieEncryptionKeys: [{ key: process.env.COOKIE_KEY, iv: process.env.COOKIE_IV }],
  clockSkew: 300,
}

exports.api = {
  identityMetadata: `${authority}/v2.0/.well-known/openid-configuration`,
  clientID: process.env.API_CLIENT_ID,
  audience: [process.env.API_CLIENT_ID, `api://${process.env.API_CLIENT_ID}`],
  validateIssuer: true,
  passReqToCallback: false,
  scope: ['Todos.Read', 'Todos.ReadWrite'],
  loggingLevel: 'error',
  loggingNoPII: true,
  clockSkew: 300,
}

exports.sessionSecret = process.env.SESSION_SECRET
exports.graph = process.env.GRAPH_URL || 'https://graph.microsoft.com/v1.0'
exports.signOutUrl = `${authority}/oauth2/v2.0/logout?post_logout_redirect_uri=${encodeURIComponent(new URL('/', exports.creds.redirectUrl))}`
