import { reactRouter } from '@react-router/dev/vite'
import { defineConfig } from 'vite'

const port = Number(process.env['PORT'] ?? 3000)

export default defineConfig({
  plugins: [reactRouter()],
  server: { port, strictPort: true },
  // Otherwise, the development server finds it at the first visit, and reloads the page.
  optimizeDeps: { include: ['identity-web/react-router'] },
})
