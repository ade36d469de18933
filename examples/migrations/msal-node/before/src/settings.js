// The settings of the three programs. `.env.example` describes the variables.
const { env } = process

/** The URL of the tenant, for example https://login.microsoftonline.com/contoso.onmicrosoft.com. */
export const authority = `${env.CLOUD_INSTANCE}${env.TENANT_ID}`
export const graph = env.GRAPH_API_ENDPOINT ?? 'https://graph.microsoft.com/'

export const todosApi = env.TODOS_API ?? 'http://localhost:5200'
export const todosApiId = env.TODOS_API_ID ?? 'api://todos.contoso.example'

/** The configuration of MSAL Node for one app registration. */
export const msalConfig = (clientId, clientSecret) => ({
  auth: {
    clientId,
    clientSecret,
    authority,
    // MSAL Node asks Microsoft about every other host.
    knownAuthorities: [new URL(authority).host],
    clientCapabilities: ['CP1'],
  },
  system: {
    loggerOptions: {
      loggerCallback: (_level, message) => console.log(message),
      piiLoggingEnabled: false,
      logLevel: 1, // warnings
    },
  },
})
