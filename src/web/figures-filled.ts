/** How much of what the figures count has been entered, from 0 up to 1; undefined when all of it has. */
export type FiguresFilled = () => number | undefined;
