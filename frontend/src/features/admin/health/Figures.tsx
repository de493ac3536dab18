import styles from './health.module.css'

/** Figures beside each other, each under its name. */
export function Figures({ of }: { of: readonly (readonly [string, string])[] }) {
  return (
    <dl className={styles.figures}>
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
