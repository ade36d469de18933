import { index, route, type RouteConfig } from '@react-router/dev/routes'
import { signInRoutes } from 'identity-web/react-router/routes'

export default [
  index('home.tsx'),
  route('account', 'account.tsx'),
  // #region graph
  route('call_api', 'call-api.tsx'),
  // #endregion graph
  // #region oidc
  route('user_info', 'user-info.tsx'),
  // #endregion oidc
  route('admin', 'admin.tsx'),
  // #region entra-id
  route('photo', 'photo.ts'),
  // #endregion entra-id
  ...signInRoutes(),
] satisfies RouteConfig
