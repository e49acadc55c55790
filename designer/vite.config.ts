import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'
import { compressed } from './vite/compressed.ts'
import { decisionEditor } from './vite/decision-editor.ts'
import { diagrams } from './vite/diagrams.ts'
import { formEditor } from './vite/form-editor.ts'
import { formViewer } from './vite/form-viewer.ts'
import { phoneChunks } from './vite/phone-chunks.ts'
import { pureEngine } from './vite/pure-engine.ts'

const api = process.env.BIHUAN_API ?? 'http://127.0.0.1:8080'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [pureEngine, formViewer, formEditor, decisionEditor, diagrams, solid(), compressed],
  worker: { format: 'es' },
  build: {
    target: 'chrome111',
    manifest: true,
    outDir: 'dist',
    chunkSizeWarningLimit: 2500,
    rolldownOptions: { output: { codeSplitting: phoneChunks() } },
  },
  server: { host: '127.0.0.1', proxy: { '/api': { target: api, changeOrigin: false } } },
})
