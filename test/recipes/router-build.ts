import { Auth } from 'identity-web/react-router'
import { buildOf } from '../../packages/identity-web/test/adapters/hosts/react-router-app.ts'

// The server build of a React Router application, with the names that `react-router build` exports.

const auth = new Auth()
const page = { default: () => null }

export const {
  assets,
  entry,
  future,
  isSpaMode,
  prerender,
  publicPath,
  routeDiscovery,
  routes,
  ssr,
} = buildOf(
  { middleware: [auth.middleware] },
  {
    '/': { ...page, loader: auth.loginRequired((_args, { user }) => `Hello, ${user.name}`) },
    '/*': {
      ...page,
      loader: () => {
        // oxlint-disable-next-line typescript/only-throw-error -- React Router accepts responses.
        throw new Response('Not Found', { status: 404 })
      },
    },
  },
  '/',
)
export const basename = '/'
