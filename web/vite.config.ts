import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { slimContract } from './slim-contract.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const server = process.env.ZJ_DEV_SERVER ?? 'http://127.0.0.1:8600'

/** One build for every front; each page loads only what it imports. */
export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [slimContract(here('../contract')), react()],
  resolve: {
    dedupe: ['react', 'react-dom'],
    // Its bundler build leaves out the named exports that its Node build has.
    alias: { gcoord: here('../node_modules/gcoord/dist/gcoord.cjs.prod.js') },
  },
  worker: { format: 'es' },
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { input: { console: here('./index.html') } },
  },
  server: {
    port: 8601,
    proxy: { '/api': { target: server, ws: true }, '/tiles': { target: server } },
  },
})
