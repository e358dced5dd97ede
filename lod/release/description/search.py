"""The data set as dataset search engines want it, for the front page.

https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

from collections.abc import Sequence
from typing import Any

from lod.project import Dataset
from lod.release.description.dcat import File
from lod.release.run import released_time
from lod.statistics import Statistics


def search_document(dataset: Dataset, counts: Statistics, files: Sequence[File]) -> dict[str, Any]:
    """Return the data set as JSON-LD, with the fields that are asked for."""
    publisher = {"@type": "Organization", "name": dataset.publisher}
    if dataset.publisher_url:
        publisher["url"] = dataset.publisher_url
    document: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{dataset.base}dataset",
        "name": dataset.title,
        "description": dataset.description or dataset.title,
        "url": dataset.base,
        "version": dataset.version,
        "datePublished": str(released_time(dataset)[:10]),
        "license": dataset.license,
        "inLanguage": dataset.language,
        "isAccessibleForFree": True,
        "creator": [{"@type": "Person", "name": name} for name in dataset.authors] or publisher,
        "publisher": publisher,
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{dataset.base}{file.name}",
                "encodingFormat": file.form.media_type,
                "contentSize": f"{file.size} B",
                "sha256": file.sha256,
            }
            for file in files
        ],
    }
    if dataset.keywords:
        document["keywords"] = list(dataset.keywords)
    if counts.days:
        document["temporalCoverage"] = "/".join(counts.days)
    if counts.box:
        shape = {"@type": "GeoShape", "box": " ".join(counts.box)}
        document["spatialCoverage"] = {"@type": "Place", "geo": shape}
    return document
