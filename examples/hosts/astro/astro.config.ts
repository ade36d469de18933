import node from '@astrojs/node'
import { defineConfig } from 'astro/config'

export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'standalone' }),
  // The folder of the site, if it is not at the root.
  base: process.env['BASE_PATH'] ?? '/',
  server: { port: 3000 },
})
