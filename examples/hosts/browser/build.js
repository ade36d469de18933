// Builds the same page with React 19, React 18, Vue and Svelte. An application has one of them.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import react from '@vitejs/plugin-react'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'

const react18 = { react: 'react18', 'react-dom': 'react18-dom' }
const apps = [
  { name: 'react19', root: 'react', plugins: [react()] },
  { name: 'react18', root: 'react', plugins: [react()], resolve: { alias: react18 } },
  { name: 'vue', root: 'vue', plugins: [vue()] },
  { name: 'svelte', root: 'svelte', plugins: [svelte({ configFile: false })] },
]

for (const { name, ...config } of apps) {
  await build({
    configFile: false,
    logLevel: 'warn',
    base: `/${name}/`,
    build: { outDir: `../dist/${name}`, emptyOutDir: true },
    ...config,
  })
}
