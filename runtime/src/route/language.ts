import type { Language } from '@bihuan/engine'

/** The language a reader asks for (`Accept-Language`, RFC 9110 §12.5.4): English where it weighs more than Chinese. */
export function languageOf(header: string | undefined): Language {
  const weights: { en: number; zh: number } = { en: 0, zh: 0 }
  for (const part of (header ?? '').slice(0, 500).toLowerCase().split(',')) {
    const [, language, quality] = /^\s*(en|zh)(?:-[a-z0-9-]+)?\s*(?:;\s*q=([0-9.]{1,5})\s*)?$/.exec(part) ?? []
    if (language === 'en' || language === 'zh')
      weights[language] = Math.max(weights[language], Number(quality ?? 1) || 0)
  }
  return weights.en > weights.zh ? 'en' : 'zh-CN'
}
