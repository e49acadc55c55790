import type { Browser } from 'playwright-core'

/** A drawn photo of a village road, 800 × 600: fields, a row of houses, the road between them. */
const SCENE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600" width="800" height="600">
<defs>
  <linearGradient id="sky" x2="0" y2="1"><stop stop-color="#b9cfdc"/><stop offset="1" stop-color="#e9ece6"/></linearGradient>
  <linearGradient id="land" x2="0" y2="1"><stop stop-color="#9aa876"/><stop offset="1" stop-color="#6d7f4d"/></linearGradient>
  <linearGradient id="road" x2="0" y2="1"><stop stop-color="#c9c5ba"/><stop offset="1" stop-color="#a8a397"/></linearGradient>
</defs>
<rect width="800" height="600" fill="url(#sky)"/>
<path d="M0 262 Q120 190 250 244 T520 220 T800 250 V330 H0Z" fill="#8fa39a"/>
<path d="M0 300 Q180 252 400 286 T800 282 V340 H0Z" fill="#7f9379"/>
<rect y="318" width="800" height="282" fill="url(#land)"/>
<path d="M0 360 L330 330 L300 346 L0 402Z M800 366 L470 330 L506 348 L800 420Z" fill="#b3b06d" opacity=".8"/>
<path d="M388 322 H414 L640 600 H150Z" fill="url(#road)"/>
<path d="M400 340 L402 340 L408 388 L402 388Z M402 412 L410 412 L420 480 L408 480Z M410 510 L422 510 L436 600 L418 600Z" fill="#efece4"/>
<g><path d="M90 262 h150 v72 h-150z" fill="#e8e2d4"/><path d="M74 264 L166 214 L258 264Z" fill="#74706c"/><path d="M112 284h28v24h-28z M186 284h28v24h-28z" fill="#8096a3"/><path d="M152 292h22v42h-22z" fill="#8b6b52"/></g>
<g><path d="M556 272 h120 v58 h-120z" fill="#efe9dc"/><path d="M542 274 L616 232 L690 274Z" fill="#8a5f4d"/><path d="M574 290h24v20h-24z M634 290h24v20h-24z" fill="#8096a3"/></g>
<g fill="#566b42"><ellipse cx="310" cy="286" rx="26" ry="36"/><ellipse cx="492" cy="290" rx="20" ry="30"/><ellipse cx="740" cy="292" rx="34" ry="42"/></g>
<g fill="#5a4a3c"><rect x="306" y="312" width="7" height="26"/><rect x="489" y="310" width="6" height="22"/><rect x="736" y="324" width="9" height="26"/></g>
</svg>`

/** Draws the photo that the people of the played village send. @returns a JPEG */
export async function drawPhoto(browser: Browser): Promise<Uint8Array> {
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } })
  await page.setContent(`<body style="margin:0">${SCENE}`)
  const photo = await page.screenshot({ type: 'jpeg', quality: 70 })
  await page.close()
  return photo
}
