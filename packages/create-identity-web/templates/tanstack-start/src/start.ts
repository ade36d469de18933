import { createCsrfMiddleware, createMiddleware, createStart } from '@tanstack/react-start'
import { auth } from './auth.server'

const csrf = createCsrfMiddleware({ filter: ({ handlerType }) => handlerType === 'serverFn' })

export const startInstance = createStart(() => ({
  requestMiddleware: [createMiddleware().server(auth.middleware), csrf],
  functionMiddleware: [createMiddleware({ type: 'function' }).server(auth.functionMiddleware)],
}))
