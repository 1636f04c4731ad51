import { Alert } from '../ui/alert.js';

interface Share {
  /** As `FiguresFilled` gives it; nothing is said when all is there. */
  readonly share: number | undefined;
}

const Filling = ({ share, therefore }: Share & { readonly therefore: string }) => share === undefined ? null : (
  <Alert kind="warning">{`Demonstrationens historie er ved at blive lagt ind (${Math.floor(share * 100)} %). ${therefore}`}</Alert>
);

/** Printed too: figures on paper must not look whole when they are not. */
export const StillFilling = ({ share }: Share) => <Filling share={share} therefore="Tallene er ikke færdige." />;

/** On lists of what is now: a case of years ago stands among them until its later course has been told. */
export const StillTelling = ({ share }: Share) => <Filling share={share} therefore="Så længe står gamle sager her, som om de var nye, og tallene kan springe. Gør ikke noget ved dem, før historien er lagt ind." />;
