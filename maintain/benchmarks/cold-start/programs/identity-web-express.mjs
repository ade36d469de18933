// Only imported, because the application needs a server.
export { Auth } from 'identity-web/express'
