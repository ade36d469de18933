import type { Request as ExpressRequest } from 'express'
import {
  deviceCode,
  startDeviceLogin,
  type SignInMethod,
  type StartedDeviceLogin,
} from 'identity-web/device-code'
import { Auth as ExpressAuth } from 'identity-web/express'
import { Auth as FetchAuth } from 'identity-web/fetch'
import { Auth as NextAuth } from 'identity-web/next'
import { expectTypeOf, test } from 'vitest'

declare const req: ExpressRequest
declare const request: Request
const signIn = deviceCode()

test('startDeviceLogin takes the arguments of startLogin in each framework', () => {
  const express = new ExpressAuth({ signIn, onLogin: () => ({ id: 1 }) })
  const next = new NextAuth({ signIn })

  expectTypeOf(startDeviceLogin(express, req)).resolves.toEqualTypeOf<StartedDeviceLogin>()
  void startDeviceLogin(express, req, { returnTo: '/orders' })
  void startDeviceLogin(new FetchAuth({ signIn }), request, { scopes: ['User.Read'] })
  void startDeviceLogin(next)
  void startDeviceLogin(next, { returnTo: '/orders' })
  // @ts-expect-error -- The request is missing.
  void startDeviceLogin(express)
  // @ts-expect-error -- This is a request of another framework.
  void startDeviceLogin(express, request)
  // @ts-expect-error -- The option does not exist.
  void startDeviceLogin(express, req, { returnUrl: '/orders' })
})

test('deviceCode takes a page, and texts in every language', () => {
  expectTypeOf(signIn).toEqualTypeOf<SignInMethod>()
  deviceCode({ page: async ({ userCode }) => userCode, texts: { sv: { title: 'Logga in' } } })
  // @ts-expect-error -- The text does not exist.
  deviceCode({ texts: { de: { titel: 'Anmelden' } } })
})
