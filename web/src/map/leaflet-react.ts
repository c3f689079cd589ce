// The one place that imports react-leaflet (licence: Hippocratic-2.1) and Leaflet's own objects. Four things are
// used: a container, an SVG laid over it, the map at hand, its events. Whatever offers these four can replace it.
import 'leaflet/dist/leaflet.css'

export { MapContainer, SVGOverlay, useMap, useMapEvents } from 'react-leaflet'
export { CRS, type Map as LeafletMap } from 'leaflet'
