// @refresh reload
import { createHandler, StartServer } from '@solidjs/start/server'
import { auth } from './auth'

const app = createHandler(() => (
  <StartServer
    document={({ assets, children, scripts }) => (
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>SolidStart with sign-in</title>
          {assets}
        </head>
        <body>
          <div id="app">{children}</div>
          {scripts}
        </body>
      </html>
    )}
  />
))

// Serves the routes of sign-in, and adds the cookies of a refreshed session to all other responses.
export default { fetch: (request: Request) => auth.respond(request, () => app.fetch(request)) }
