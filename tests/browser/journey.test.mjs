import { journey } from "./journey.mjs";

journey({ javaScript: true });
