import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../parts/format.ts';
import { useZones } from '../passports/zones.ts';

/** What gates are called, by their ids; what no gate is called by comes back as it is. */
export function useGateName(): (id: string) => string {
  const { label } = useFormat();
  const gates = useZones().flatMap((zone) => zone.gates);
  return (id) => {
    const gate = gates.find((each) => each.id === id);
    return gate ? label(gate.label) : id;
  };
}

/** A gate and its lane: *Waigaoqiao first-line gate · lane out-1*. */
export function GateName({ gate, lane }: { readonly gate: string; readonly lane: string }) {
  const { t } = useTranslation('cargo');
  const name = useGateName();
  return (
    <span title={gate}>
      {name(gate)} · {t('gate.lane', { lane })}
    </span>
  );
}
