/* The same journey in a browser that runs no scripts. */
import { journey } from "./journey.mjs";

journey({ javaScript: false });
