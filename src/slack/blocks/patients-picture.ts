import { name } from './words';

interface Picture {
  readonly word: string;
  readonly who: string;
  readonly nth: number;
  readonly of: number;
}

const which = ({ word, nth, of }: Picture): string => (of === 1 ? word : `${word} ${nth} of ${of}`);

/** What stands over a file that a patient sent: "Picture from Ana M." */
export const pictureCaption = (picture: Picture): string => `${which(picture)} from ${name(picture.who)}`;

/** What a screen reader says of it; nobody but staff has looked at it yet. */
export const pictureAlt = (picture: Picture): string => `${which(picture)} that the patient sent by text message`;
