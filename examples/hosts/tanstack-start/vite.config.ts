import { tanstackStart } from '@tanstack/react-start/plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  base: process.env['BASE_PATH'] ?? '/',
  plugins: [tanstackStart(), react()],
  server: { port: 3000 },
})
