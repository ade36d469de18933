// Everything that loadStart() loads.
export { login, loginRoute } from './login-route.ts'
export { toSignInStart } from './login-options.ts'
export { startLogin, startWay } from './start-login.ts'
export { startSignIn } from './start-sign-in.ts'
