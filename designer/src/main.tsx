import { render } from 'solid-js/web'
import './ui/tokens.css'
import './ui/base.css'
import { App } from './app.tsx'
import { restoreLanguage } from './i18n/i18n.ts'
import './ui/size.ts'

const root = document.getElementById('app')
if (root) {
  await restoreLanguage()
  render(() => <App />, root)
}
