import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { LoadMore } from '@/components/LoadMore'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { Pills } from '@/components/Tabs'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import admin from '../admin.module.css'
import { kindNames } from '../words.texts'
import { texts } from './i18n'
import styles from './imports.module.css'
import { type Finding, type FindingKind, findingKinds, findingsQuery, type Import } from './queries'

/** The report, one kind of finding at a time. */
export function Findings({ one }: { one: Import }) {
  const t = useText(texts)
  const language = useLanguage()
  const counts = { ...one.found, pair: one.found.pairs }
  const [kind, setKind] = useState<FindingKind>(one.found.refused > 0 ? 'refused' : 'created')
  const findings = useInfiniteQuery(findingsQuery(one.id, kind, one.state))
  return (
    <Slab title={t('report')}>
      <div className={admin.tools}>
        <Pills
          label={t('which')}
          options={findingKinds.map((value) => ({
            value,
            label: `${t(value)} (${formatNumber(counts[value], language)})`,
          }))}
          value={kind}
          onChange={setKind}
        />
      </div>
      {kind === 'pair' && <p className={admin.lead}>{t('pairLead')}</p>}
      <Loaded query={findings}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState title={t('noFindings')}>{t('noFindingsText')}</EmptyState>
          ) : (
            <table className={admin.table} aria-label={t(kind)}>
              <thead>
                <tr>
                  <th scope="col">{t('line')}</th>
                  <th scope="col">{t('person')}</th>
                  <th scope="col">{t('what')}</th>
                </tr>
              </thead>
              <tbody>
                {found.map((finding) => (
                  <FindingRow key={finding.id} finding={finding} />
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
      <LoadMore
        more={findings.hasNextPage}
        busy={findings.isFetchingNextPage}
        error={findings.data && findings.error && messageOf(findings.error)}
        onMore={() => void findings.fetchNextPage()}
      />
    </Slab>
  )
}

function FindingRow({ finding }: { finding: Finding }) {
  const t = useText(texts)
  const { line, source, name, identifier } = finding
  return (
    <tr>
      <td className={styles.line}>{line !== null && t(source === 'units' ? 'unitsLineOf' : 'lineOf', { line })}</td>
      <td>
        {name && <b>{name}</b>}
        {identifier && <small className={styles.identifier}>{identifier}</small>}
      </td>
      <td>
        <Said finding={finding} />
      </td>
    </tr>
  )
}

const fields = ['name', 'email', 'personal_email', 'title', 'ends_on'] as const

function Said({ finding }: { finding: Finding }) {
  const t = useText(texts)
  const tk = useText(kindNames)
  const { kind, reason, column, value, other_line, account, affiliations, changes } = finding
  const fieldName = (field: string) => {
    const known = fields.find((one) => one === field)
    return known ? t(known) : field
  }
  return (
    <ul className={styles.said}>
      {kind !== 'created' && kind !== 'changed' && <li>{reason}</li>}
      {column && <li>{value ? t('column', { column, value }) : t('columnOnly', { column })}</li>}
      {other_line !== null && <li>{t('otherLine', { line: other_line })}</li>}
      {account && <li>{t('account', { name: account })}</li>}
      {affiliations.map((one) => (
        <li key={`${one.kind} ${one.words}`}>{one.words ? `${tk(one.kind)}, ${one.words}` : tk(one.kind)}</li>
      ))}
      {changes.map((one) => (
        <li key={`${one.field} ${one.before} ${one.after}`}>
          {t('change', {
            field: fieldName(one.field),
            before: one.before ?? t('nothing'),
            after: one.after ?? t('nothing'),
          })}
        </li>
      ))}
    </ul>
  )
}
