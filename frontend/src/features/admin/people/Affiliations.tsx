import { IconTrash } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Chip } from '@/components/Chip'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { PublicGlyph } from '@/components/people/PublicGlyph'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useRemoval } from '@/components/useRemoval'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import admin from '../admin.module.css'
import { shapeOf } from '../kinds'
import { kindNames } from '../words.texts'
import { AddAffiliation } from './AddAffiliation'
import { texts } from './i18n'
import { useEndAffiliation, useRemoveAffiliation } from './mutations'
import styles from './people.module.css'
import type { Affiliation, Person } from './queries'
import { affiliationDates, affiliationWords, localDay } from './words'

const sources = {
  institution: 'sourceInstitution',
  invitation: 'sourceInvitation',
  registration: 'sourceRegistration',
  administrator: 'sourceAdministrator',
} as const

/** What somebody is, and was, to the university. */
export function Affiliations({ person, version }: { person: Person; version: string }) {
  const t = useText(texts)
  const tk = useText(kindNames)
  const [result, setResult] = useState<string>()
  const place = useRef<HTMLDivElement>(null)
  const asked = useRemoval<{ act: 'end' | 'remove'; affiliation: Affiliation }>(place)
  const ending = useEndAffiliation(person.id, version)
  const removing = useRemoveAffiliation(person.id, version)
  const mayChange = person.abilities.includes('change')

  const end = async (affiliation: Affiliation) => {
    await ending.mutateAsync({ affiliation, ends_on: localDay(new Date()) })
    asked.done()
    setResult(t('endDone'))
  }
  const remove = async (affiliation: Affiliation) => {
    await removing.mutateAsync(affiliation)
    asked.done()
    setResult(t('removed'))
  }

  return (
    <Slab title={t('affiliations')}>
      <p className={admin.lead}>{t('affiliationsLead')}</p>
      {person.affiliations.length === 0 && <p className={admin.muted}>{t('noAffiliations')}</p>}
      <ul className={styles.rows}>
        {person.affiliations.map((affiliation) => (
          <AffiliationRow
            key={affiliation.id}
            affiliation={affiliation}
            onEnd={mayChange ? () => asked.ask({ act: 'end', affiliation }) : undefined}
            onRemove={mayChange ? () => asked.ask({ act: 'remove', affiliation }) : undefined}
          />
        ))}
      </ul>
      <div className={admin.said}>
        <Result ref={place}>{result}</Result>
      </div>
      {mayChange && <AddAffiliation personId={person.id} version={version} onAdded={() => setResult(t('added'))} />}
      <ConfirmDialog
        open={asked.open}
        onClose={asked.close}
        title={t(asked.item?.act === 'end' ? 'endTitle' : 'removeTitle')}
        confirm={t(asked.item?.act === 'end' ? 'end' : 'remove')}
        danger
        onConfirm={async () => {
          if (asked.item) await (asked.item.act === 'end' ? end : remove)(asked.item.affiliation)
        }}
      >
        {asked.item?.act === 'end'
          ? t('endText', { affiliation: affiliationWords(asked.item.affiliation, tk) })
          : t('removeText')}
      </ConfirmDialog>
    </Slab>
  )
}

interface AffiliationRowProps {
  affiliation: Affiliation
  onEnd: (() => void) | undefined
  onRemove: (() => void) | undefined
}

function AffiliationRow({ affiliation, onEnd, onRemove }: AffiliationRowProps) {
  const t = useText(texts)
  const tk = useText(kindNames)
  const language = useLanguage()
  const words = affiliationWords(affiliation, tk)
  const shape = shapeOf(affiliation.kind)
  const today = localDay(new Date())
  const over = affiliation.ends_on !== null && affiliation.ends_on <= today
  return (
    <li>
      <div>
        <div className={styles.title}>
          <h3>
            {shape && <PublicGlyph public={shape} />}
            {words}
          </h3>
          {over && <Chip look="line">{t('ended')}</Chip>}
          {affiliation.starts_on > today && <Chip look="soft">{t('toCome')}</Chip>}
        </div>
        <p className={styles.facts}>
          {affiliationDates(affiliation, t, language)}, {t(sources[affiliation.source])}.
        </p>
      </div>
      {(onEnd || onRemove) && (
        <div className={styles.acts}>
          {onEnd && affiliation.current && affiliation.starts_on < today && (
            <Button look="secondary" size="small" onClick={onEnd} aria-label={t('endOne', { affiliation: words })}>
              {t('end')}
            </Button>
          )}
          {onRemove && (
            <IconButton icon={IconTrash} label={t('removeOne', { affiliation: words })} onClick={onRemove} />
          )}
        </div>
      )}
    </li>
  )
}
