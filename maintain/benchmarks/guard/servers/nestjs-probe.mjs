import { createParamDecorator, Header, UnauthorizedException, UseGuards } from '@nestjs/common'
import { CACHE_CONTROL, createProbe } from '../probe.mjs'
import { serveNestjs } from '../serve-nestjs.mjs'

/** The user that the guard found. */
const KnownUser = createParamDecorator((_data, context) => context.switchToHttp().getRequest().user)

serveNestjs((setup) => {
  const probe = createProbe(setup)
  const guard = {
    canActivate(context) {
      const request = context.switchToHttp().getRequest()
      request.user = probe.userOf(request.headers.cookie)
      if (request.user !== undefined) return true
      context.switchToHttp().getResponse().header('Set-Cookie', probe.start())
      throw new UnauthorizedException()
    },
  }
  const guards = [UseGuards(guard), Header('Cache-Control', CACHE_CONTROL)]
  return { guards, user: KnownUser() }
})
