import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Chip } from '@/components/Chip'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { roleLeads, roleNames } from '../words.texts'
import { texts } from './i18n'
import { useRole } from './mutations'
import styles from './people.module.css'
import { type Person, type Role, roles } from './queries'

/** What somebody may do for the university beyond being a member. What each role opens is said before. */
export function Roles({ person }: { person: Person }) {
  const t = useText(texts)
  const tr = useText(roleNames)
  const tl = useText(roleLeads)
  const [asked, setAsked] = useState<{ role: Role; held: boolean }>()
  const [open, setOpen] = useState(false)
  const [result, setResult] = useState<string>()
  const changing = useRole(person.id)
  const mayGrant = person.abilities.includes('grant_roles')

  const ask = (role: Role, held: boolean) => {
    setAsked({ role, held })
    setOpen(true)
  }
  const change = async () => {
    if (!asked) return
    await changing.mutateAsync(asked)
    setResult(t(asked.held ? 'granted' : 'revoked', { role: tr(asked.role) }))
  }

  return (
    <Slab title={t('roles')}>
      {!mayGrant && <p className={admin.lead}>{t('rolesReadOnly')}</p>}
      <ul className={styles.rows}>
        {roles.map((role) => {
          const held = person.roles.includes(role)
          return (
            <li key={role}>
              <div>
                <div className={styles.title}>
                  <h3>{tr(role)}</h3>
                  {held && <Chip look="soft">{t('held')}</Chip>}
                </div>
                <p className={styles.facts}>{tl(role)}</p>
              </div>
              {mayGrant && (
                <div className={styles.acts}>
                  <Button
                    look={held ? 'danger' : 'secondary'}
                    size="small"
                    aria-label={t(held ? 'revokeOne' : 'grantOne', { role: tr(role) })}
                    onClick={() => ask(role, !held)}
                  >
                    {t(held ? 'revoke' : 'grant')}
                  </Button>
                </div>
              )}
            </li>
          )
        })}
      </ul>
      <div className={admin.said}>
        <Result>{result}</Result>
      </div>
      {asked && (
        <ConfirmDialog
          open={open}
          onClose={() => setOpen(false)}
          title={t(asked.held ? 'grantTitle' : 'revokeTitle', { role: tr(asked.role), name: person.name })}
          confirm={t(asked.held ? 'grant' : 'revoke')}
          danger={!asked.held}
          onConfirm={change}
        >
          {asked.held ? t('grantText', { lead: tl(asked.role) }) : t('revokeText')}
        </ConfirmDialog>
      )}
    </Slab>
  )
}
