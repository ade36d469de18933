import { createCsrfMiddleware, createMiddleware, createStart } from '@tanstack/react-start'
import { auth } from './auth.server'

const csrfMiddleware = createCsrfMiddleware({
  filter: (context) => context.handlerType === 'serverFn',
})

export const startInstance = createStart(() => ({
  requestMiddleware: [createMiddleware().server(auth.middleware), csrfMiddleware],
  functionMiddleware: [createMiddleware({ type: 'function' }).server(auth.functionMiddleware)],
}))
