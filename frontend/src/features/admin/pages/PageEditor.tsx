import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loaded } from '@/api/Loaded'
import { languageNames } from '@/components/LanguageSwitch'
import { Slab } from '@/components/Slab'
import { Pills } from '@/components/Tabs'
import { pageQuery, type Slug } from '@/entities/page/queries'
import { useText } from '@/lib/i18n'
import { type Language, languages } from '@/lib/language'
import admin from '../admin.module.css'
import { texts } from './i18n'
import { PageForm } from './PageForm'

interface PageEditorProps {
  slug: Slug
  language: Language
  onLanguage: (language: Language) => void
  /** A link to the page as everybody reads it. */
  toPage: (words: string) => ReactNode
}

/** The text of one legal page, one language at a time. */
export function PageEditor({ slug, language, onLanguage, toPage }: PageEditorProps) {
  const t = useText(texts)
  const page = useQuery(pageQuery(slug, language))
  return (
    <Slab>
      <div className={admin.tools}>
        <Pills
          label={t('languages')}
          options={languages.map((value) => ({ value, label: languageNames[value] }))}
          value={language}
          onChange={onLanguage}
        />
        {toPage(t('see'))}
      </div>
      <Loaded key={`${slug}-${language}`} query={page} lines={10}>
        {({ data, version }) => <PageForm key={`${slug}-${language}`} page={data} version={version} />}
      </Loaded>
    </Slab>
  )
}
