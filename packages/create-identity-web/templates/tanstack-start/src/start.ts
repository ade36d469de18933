import { createCsrfMiddleware, createMiddleware, createStart } from '@tanstack/react-start'
import { auth } from './auth.server'

const identity = createMiddleware().server(auth.middleware)
const signIn = createMiddleware({ type: 'function' }).server(auth.functionMiddleware)
const csrf = createCsrfMiddleware({ filter: ({ handlerType }) => handlerType === 'serverFn' })

export const startInstance = createStart(() => ({
  requestMiddleware: [identity, csrf],
  functionMiddleware: [signIn],
}))
