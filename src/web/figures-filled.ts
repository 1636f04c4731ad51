/** How much of what the figures count has been entered, from 0 up to 1; undefined when all of it has. */
export type FiguresFilled = () => number | undefined;

/** Why nothing is made of figures before they are whole. */
export const STILL_FILLING = 'Demonstrationens historie er ved at blive lagt ind. Vent, til tallene er færdige.';
