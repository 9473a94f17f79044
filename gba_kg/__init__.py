"""Knowledge graph of the measures that connect the rules of Guangdong, Hong Kong and Macao."""

__version__ = "0.1.0"
