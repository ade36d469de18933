import { All, Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import {
  IdentityContext,
  McpAuth,
  type McpContext,
  McpRequired,
  type PlatformRequest,
  type PlatformResponse,
} from 'identity-web/nestjs'
import { describeCaller, EVENTS, TOOLS } from '../next-app/mcp-pages.ts'
import { decorate } from './decorate.ts'

/** The pages of the contract that are for clients of an MCP server. */
export class McpPages {
  readonly #mcp: McpAuth

  constructor(mcp: McpAuth) {
    this.#mcp = mcp
  }

  endpoint(context: McpContext, request: PlatformRequest): object {
    return describeCaller(context, authOf(request))
  }

  middleware(request: PlatformRequest): object {
    return describeCaller(this.#mcp.contextOf(request), authOf(request))
  }

  tools(body: unknown): object {
    return { received: body }
  }

  stream(response: PlatformResponse | FastifyReply): void {
    // As the official SDK responds.
    if ('hijack' in response) response.hijack()
    const raw = 'raw' in response ? response.raw : response
    raw.writeHead(200, EVENTS).write('data: one\n\n')
  }
}

function authOf(request: PlatformRequest): unknown {
  return Reflect.get('raw' in request ? request.raw : request, 'auth')
}

Inject(McpAuth)(McpPages, undefined, 0)
Controller()(McpPages)
decorate(McpPages, 'endpoint', {
  on: [All('mcp'), McpRequired()],
  parameters: [IdentityContext(), Req()],
})
decorate(McpPages, 'middleware', {
  on: [All('mcp/middleware'), McpRequired()],
  parameters: [Req()],
})
decorate(McpPages, 'tools', {
  on: [Post('mcp/tools'), HttpCode(200), McpRequired(TOOLS)],
  parameters: [Body()],
})
decorate(McpPages, 'stream', { on: [Get('mcp/stream'), McpRequired()], parameters: [Res()] })
