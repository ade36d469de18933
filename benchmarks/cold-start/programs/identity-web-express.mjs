// Only imported: the application needs a server.
import 'identity-web/express'
