import { readFileSync } from 'node:fs'
import { Controller, Get, Header } from '@nestjs/common'

const PAGE = readFileSync(new URL('../page.html', import.meta.url), 'utf8')

/** A page whose script sends queries. Everybody can open it. */
@Controller()
export class PageController {
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  page(): string {
    return PAGE
  }
}
