import type { IncomingMessage } from 'node:http'
import { Inject } from '@nestjs/common'
import { WebSocketGateway } from '@nestjs/websockets'
import { Auth } from 'identity-web/nestjs'
import type { WebSocket } from 'ws'

/** Greets signed-in users. */
export class HelloGateway {
  private readonly auth: Auth

  constructor(auth: Auth) {
    this.auth = auth
  }

  // #region guide
  async handleConnection(client: WebSocket, request: IncomingMessage): Promise<void> {
    const session = await this.auth.authenticate(request)
    if (!session.ok) return client.close(4401, session.error.code)
    session.signal.addEventListener('abort', () => client.close(4401, 'The session has ended.'))
    client.send(`Hello, ${session.context.claims.name}`)
  }
  // #endregion
}

// Calls, because this project does not compile decorators of parameters.
Inject(Auth)(HelloGateway, undefined, 0)
WebSocketGateway()(HelloGateway)
